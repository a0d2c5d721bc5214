// SPDX-License-Identifier: Apache-2.0
/**
 * From operations on OCaml values to assembly text: {@code lower} makes operations on words, {@code word} improves
 * them, {@code register} gives variables registers and words of the frame, {@code write} writes functions, data and stubs by
 * way of {@code text}. All of them know the {@code target}.
 */
package mirage.backend.machine;
