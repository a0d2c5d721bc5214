// SPDX-License-Identifier: Apache-2.0
/** Network interfaces: the chip's Ethernet, TAP devices of the host. */
package mirage.device.net;
