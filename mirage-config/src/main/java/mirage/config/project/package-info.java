// SPDX-License-Identifier: Apache-2.0
/** A unikernel's folder: where its files are, and what the tool remembers in them. */
package mirage.config.project;
