// SPDX-License-Identifier: Apache-2.0
package mirage.device.block;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.DeviceGenerator;
import mirage.device.FlashData;

/**
 * Makes the flash partition of a block device from the file that config.ml names (parameter {@code
 * name}), which is also the partition's name, and a module that connects to it. Zeroes at the
 * file's end are not stored: disk images are mostly empty, and flash is small. The partition has at
 * least 64 KB.
 */
final class PartitionImage implements DeviceGenerator {
  private static final long MINIMUM = 64 * 1024;
  private static final long SECTOR = 4096;

  /** Bounded by the name field of the partition table. */
  private static final int MAX_NAME = 15;

  @Override
  public Generated generate(Request request) throws IOException {
    String name = request.parameters().getOrDefault("name", "");
    if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME + "}")) {
      throw new IOException(
          "block device '%s': on a board its name is that of a flash partition, 1 to %d letters, digits, '.', '_' or '-'"
              .formatted(name, MAX_NAME));
    }
    Path file = request.unikernel().resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "block device '%s': no file %s in %s; an empty device is made by: truncate -s 64K %s"
              .formatted(name, name, request.unikernel(), name));
    }
    Path image = request.output().resolve(name + ".partition");
    long content = contentLength(file);
    long size = Math.max(MINIMUM, (content + SECTOR - 1) / SECTOR * SECTOR);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(image)) {
      out.write(in.readNBytes(Math.toIntExact(content)));
      out.write(new byte[Math.toIntExact(size - content)]);
    }
    writeModule(request, name);
    return new Generated(List.of(file), Map.of(name, new FlashData(image, false)));
  }

  private static void writeModule(Request request, String name) throws IOException {
    Files.writeString(
        request.output().resolve(request.file() + ".ml"),
        """
        (* Generated: the block device in flash partition %s. *)

        include Mirage_block_flash

        let connect () = connect "%s"
        """
            .formatted(name, name));
    Files.writeString(
        request.output().resolve(request.file() + ".mli"),
        """
        (* Generated: the block device in flash partition %s. *)

        include Mirage_block.S

        val connect : unit -> t Lwt.t
        """
            .formatted(name));
  }

  /** The file's length without the zeroes at its end. */
  static long contentLength(Path file) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long end = in.length();
      while (end > 0) {
        int size = (int) Math.min(chunk.length, end);
        in.seek(end - size);
        in.readFully(chunk, 0, size);
        for (int i = size - 1; i >= 0; i--) {
          if (chunk[i] != 0) {
            return end - size + i + 1;
          }
        }
        end -= size;
      }
    }
    return 0;
  }
}
