/** The most that a record may hold in clear, in bytes (RFC 8446 section 5.1). */
export const maxPlaintext = 16384;
/** The most that may follow the header of a protected TLS 1.3 record (RFC 8446 section 5.2). */
export const maxCiphertext13 = maxPlaintext + 256;
/** What the reference's read buffer holds behind a header; a record that claims more is refused at its header. */
export const maxCiphertext = maxPlaintext + 320 + 7;
/** More empty records than this in a row are taken for an attack, as the reference does. */
export const maxEmptyRecords = 32;
