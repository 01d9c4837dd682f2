// Package packet knows the packages that offices send each other without a network,
// and the cards that hold their public keys. A package is signed inside (Ed25519) and
// sealed outside (age, through package vault) for its receivers and its sender; for
// whom it is stands in what was signed, so that it cannot be sealed anew for somebody
// else unnoticed. The package knows no register; see docs/file-format.md.
package packet
