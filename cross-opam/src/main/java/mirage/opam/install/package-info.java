// SPDX-License-Identifier: Apache-2.0
/**
 * Builds opam packages for the chip from their sources: {@link mirage.opam.install.Installer} finds
 * the sources, orders them, and runs the build of each against those before it.
 */
package mirage.opam.install;
