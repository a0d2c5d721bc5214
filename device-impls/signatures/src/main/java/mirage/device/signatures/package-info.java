// SPDX-License-Identifier: Apache-2.0
/** The module types of devices, and the small libraries around them, under their upstream names. */
package mirage.device.signatures;
