// SPDX-License-Identifier: Apache-2.0
/** From abstract device kinds to the implementations that jars offer, and to the names they get in main.ml. */
package mirage.config.resolve;
