// SPDX-License-Identifier: Apache-2.0
/** The mirage command: config.ml to device graph to image. */
package mirage.config;
