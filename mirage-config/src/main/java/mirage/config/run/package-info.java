// SPDX-License-Identifier: Apache-2.0
/** Runs what was built: an image on the emulated chip, a program on this machine. */
package mirage.config.run;
