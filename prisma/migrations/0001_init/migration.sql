-- CreateTable
CREATE TABLE "Resource" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "uid" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Change" (
    "revision" INTEGER NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "previous" INTEGER
);

-- CreateTable
CREATE TABLE "Counter" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Event" (
    "uid" TEXT NOT NULL PRIMARY KEY,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "firstTimestamp" BIGINT NOT NULL,
    "lastTimestamp" BIGINT NOT NULL,
    "component" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "involvedApiVersion" TEXT NOT NULL,
    "involvedKind" TEXT NOT NULL,
    "involvedNamespace" TEXT NOT NULL,
    "involvedName" TEXT NOT NULL,
    "involvedUid" TEXT NOT NULL,
    "expiresAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "durationSeconds" INTEGER NOT NULL,
    "renewedAt" BIGINT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Resource_uid_key" ON "Resource"("uid");

-- CreateIndex
CREATE UNIQUE INDEX "Resource_kind_namespace_name_key" ON "Resource"("kind", "namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Event_namespace_name_key" ON "Event"("namespace", "name");

-- CreateIndex
CREATE INDEX "Event_involvedUid_idx" ON "Event"("involvedUid");

-- CreateIndex
CREATE INDEX "Event_expiresAt_idx" ON "Event"("expiresAt");

-- The counters start where nothing has happened yet.
INSERT INTO "Counter" ("name", "value") VALUES ('revision', 0), ('compacted', 0);
