// SPDX-License-Identifier: Apache-2.0
package samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** One question over a connection, and all of the answer. */
final class Exchange {
  private Exchange() {}

  /**
   * Sends all of a question, ends this direction, and reads until the peer ends the other. Reads while it still writes: a peer
   * that answers at once does not have to keep what it has got.
   */
  static byte[] over(Socket socket, byte[] question) throws IOException {
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                socket.getOutputStream().write(question);
                socket.shutdownOutput();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    byte[] answer = socket.getInputStream().readAllBytes();
    writer.join();
    return answer;
  }
}
