// SPDX-License-Identifier: Apache-2.0
/**
 * Programs: {@link mirage.opam.program.PackageCatalogue} says which libraries the packages mean
 * that a program declares, {@link mirage.opam.program.OcamlBuild} makes a bytecode executable.
 */
package mirage.opam.program;
