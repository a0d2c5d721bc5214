// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mirage.backend.ir.Function;
import mirage.backend.ir.Num;
import mirage.backend.ir.Parse;
import mirage.backend.ir.Type;
import mirage.backend.machine.register.Frame;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Location;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import org.junit.jupiter.api.Test;

/** Each place gets what its source held before the first move: the text that is written is executed here. */
class MovesTest {
  /** Some of the words are farther away than an offset reaches, some than ADDMI does. */
  private static final int[] WORDS = {0, 1, 2, 254, 255, 256, 257, 300, 9000, 9001};

  private static final int RUNS = 1000;

  private final Frame frame = frame();

  @Test
  void oneAfterTheOtherTheyDoWhatTheyDoAtOnce() {
    for (int seed = 0; seed < RUNS; seed++) {
      check(new Random(seed));
    }
  }

  private void check(Random random) {
    List<Location> places = new ArrayList<>();
    for (int register : Registers.VARIABLES) {
      places.add(new Location.Register(register));
    }
    for (int word : WORDS) {
      places.add(new Location.Slot(word));
    }
    Collections.shuffle(places, random);
    // Few places make circles likely.
    places.subList(2 + random.nextInt(places.size() - 2), places.size()).clear();
    Map<Integer, Integer> before = new HashMap<>();
    places.forEach(place -> before.put(key(place), 1000 + key(place)));
    Map<Integer, Integer> expected = new HashMap<>(before);
    Assembly out = new Assembly();
    Moves moves = new Moves(out, frame);
    for (Location to : places) {
      Location from =
          random.nextInt(6) == 0
              ? new Location.Constant(new Num(random.nextInt()))
              : places.get(random.nextInt(places.size()));
      moves.add(to, from);
      expected.put(
          key(to),
          from instanceof Location.Constant constant
              ? ((Num) constant.word()).value()
              : before.get(key(from)));
    }
    moves.write();
    Map<Integer, Integer> after = new HashMap<>(before);
    out.toString().lines().forEach(line -> execute(line.trim().split("[ ,]+"), after));
    after.keySet().retainAll(expected.keySet());
    assertThat(after).as(out.toString()).isEqualTo(expected);
  }

  /** A register's number, or 100 and the address of a word of the frame: the stack pointer is 100. */
  private int key(Location place) {
    return place instanceof Location.Register register
        ? register.number()
        : 100 + frame.spill(((Location.Slot) place).number());
  }

  private static void execute(String[] words, Map<Integer, Integer> state) {
    state.put(Registers.STACK_POINTER, 100);
    int to = register(words[1]);
    switch (words[0]) {
      case "mov" -> state.put(to, state.get(register(words[2])));
      case "movi" -> state.put(to, (int) (long) Long.decode(words[2]));
      case "l32i" -> state.put(to, state.get(address(words, state)));
      case "s32i" -> state.put(address(words, state), state.get(to));
      case "addi", "addmi" -> state.put(to, address(words[2], words[3], state));
      case "add" -> state.put(to, state.get(register(words[2])) + state.get(register(words[3])));
      default -> throw new IllegalStateException("not executed here: " + List.of(words));
    }
  }

  private static int address(String[] words, Map<Integer, Integer> state) {
    return address(words[2], words[3], state);
  }

  private static int address(String base, String offset, Map<Integer, Integer> state) {
    return state.get(register(base)) + Integer.parseInt(offset);
  }

  private static int register(String name) {
    return Integer.parseInt(name.substring(1));
  }

  private static Frame frame() {
    Function function = Parse.program("function f arity 1\nb0[v0]:\n  return v0\n").main();
    Allocation allocation = new Allocation();
    allocation.place(function.newVar(Type.VALUE), new Location.Slot(9100));
    return new Frame(function, allocation);
  }
}
