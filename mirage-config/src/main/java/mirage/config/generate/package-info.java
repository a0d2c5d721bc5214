// SPDX-License-Identifier: Apache-2.0
/** The files of a configured unikernel: texts made from the resolved application, nothing written here. */
package mirage.config.generate;
