// SPDX-License-Identifier: Apache-2.0
package mirage.device;

/**
 * A folder of source files carried in a jar as resources.
 *
 * @param anchor a class of the same jar (or class directory)
 * @param path the folder from the jar's root, without leading or trailing slash, such as {@code
 *     "ocaml/mirage-console"}
 */
public record SourceFolder(Class<?> anchor, String path) {}
