// SPDX-License-Identifier: Apache-2.0
/**
 * The network stack in OCaml, from Ethernet frames to flows of bytes, under the names its libraries
 * have in the MirageOS world.
 */
package mirage.device.stack;
