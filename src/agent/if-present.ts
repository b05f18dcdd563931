/** What `read` gives, or `otherwise` where the file or folder that it reads is not there. Throws all other errors. */
export function ifPresent<Value, Other>(read: () => Value, otherwise: Other): Value | Other {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise
    throw error
  }
}
