// SPDX-License-Identifier: Apache-2.0
/** Formats and ciphers of IEEE 802.11: frames, elements, EAPOL-Key, CCMP and the keys of WPA2. */
package mirage.emulator.wlan;
