// SPDX-License-Identifier: Apache-2.0
/** From a bytecode executable and C stubs to what runs: a flash image for the chip, an executable for the host. */
package mirage.bindings.link;
