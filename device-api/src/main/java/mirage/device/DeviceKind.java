// SPDX-License-Identifier: Apache-2.0
package mirage.device;

/**
 * A kind of device an application can ask for.
 *
 * @param name what config.ml's device stands for, such as {@code "console"}
 * @param signature the OCaml module type every implementation must match, such as {@code
 *     "Mirage_console.S"}; {@code "sig end"} if nothing is asked of the module, only of its value
 * @param library findlib name of the library with that module type
 */
public record DeviceKind(String name, String signature, String library) {}
