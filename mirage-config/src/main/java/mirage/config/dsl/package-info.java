// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a config.ml a program: compiles the DSL library {@code ocaml/mirage} and the file against it, on the
 * host and through the build cache, and runs it with requests.
 */
package mirage.config.dsl;
