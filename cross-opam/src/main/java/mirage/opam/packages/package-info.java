// SPDX-License-Identifier: Apache-2.0
/**
 * Packages as opam and the distribution know them: names, versions, and what {@code packages.tsv}
 * says that their own files do not.
 */
package mirage.opam.packages;
