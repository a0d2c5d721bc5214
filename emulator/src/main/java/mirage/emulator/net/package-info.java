// SPDX-License-Identifier: Apache-2.0
/** What can be at the far end of the chip's Ethernet cable: the host's network, other boards, a file that records. */
package mirage.emulator.net;
