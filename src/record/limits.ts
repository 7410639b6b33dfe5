/** Maximum plaintext of a record, in bytes (RFC 8446 section 5.1). */
export const maxPlaintext = 16384;
/** Maximum length of a protected TLS 1.3 record without its header (RFC 8446 section 5.2). */
export const maxCiphertext13 = maxPlaintext + 256;
/** Capacity of the reference's read buffer without the header; a record that claims more is refused at its header. */
export const maxCiphertext = maxPlaintext + 320 + 7;
/** More consecutive empty records than this count as an attack, as in the reference. */
export const maxEmptyRecords = 32;
/** The highest number of a record within its epoch in DTLS. */
export const lastSequence = 2 ** 48 - 1;
/** The highest epoch of DTLS. */
export const lastEpoch = 0xffff;
