// Package vault is the cryptography of the program: the data key of an office,
// the ways to it (passwords, a recovery code, the key of the superior office), and
// what is sealed with it. It knows no file and no screen.
//
// Nothing here is of our own making: values are sealed with XChaCha20-Poly1305
// (draft-irtf-cfrg-xchacha), passwords go through Argon2id (RFC 9106), keys for one
// use each come from the data key by HKDF-SHA-256 (RFC 5869), and whole files are
// sealed with age (C2SP age specification, X25519 recipients).
package vault
