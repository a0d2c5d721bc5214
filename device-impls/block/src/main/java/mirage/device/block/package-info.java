// SPDX-License-Identifier: Apache-2.0
/** Block devices: a partition of the flash, and memory. */
package mirage.device.block;
