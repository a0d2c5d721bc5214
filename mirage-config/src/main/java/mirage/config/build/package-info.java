// SPDX-License-Identifier: Apache-2.0
/** From the generated project to the files in dist/. */
package mirage.config.build;
