-- Events are numbered in the order in which they are written, so that they can be followed.
ALTER TABLE "Event" ADD COLUMN "sequence" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Event" ADD COLUMN "firstSequence" INTEGER NOT NULL DEFAULT 0;

UPDATE "Event" SET "sequence" = rowid, "firstSequence" = rowid;

-- CreateIndex
CREATE INDEX "Event_sequence_idx" ON "Event"("sequence");

INSERT INTO "Counter" ("name", "value") SELECT 'event', COALESCE(MAX("sequence"), 0) FROM "Event";
