// SPDX-License-Identifier: Apache-2.0
/** WiFi: the board's radio as a carrier of raw 802.11 frames. */
package mirage.device.wifi;
