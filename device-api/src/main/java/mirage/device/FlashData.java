// SPDX-License-Identifier: Apache-2.0
package mirage.device;

import java.nio.file.Path;

/**
 * What a data partition of the flash holds at first.
 *
 * @param content a file with its bytes
 * @param readOnly whether programs only read it: it then comes with each new program, as its code does
 */
public record FlashData(Path content, boolean readOnly) {}
