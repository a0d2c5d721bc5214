// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.DirectPages;

/**
 * What translated code calls: loads, stores and whatever may raise an exception. A translation holds it as a constant, and final fields of records are constants
 * to the just-in-time compiler: with the arrays' addresses and lengths known, a load is seven machine instructions.
 * Methods are as short as they can be, for bytecodes of a method and all it inlines are counted, and from 8000 on
 * nothing more is inlined.
 *
 * <p>What is not reached directly may raise an exception or look at the time: the state is brought up to date first,
 * for the instruction {@code site} and the cycles {@code left} behind its block. If something asked to leave, a
 * {@link Leave} ends the region behind the access.
 */
record TranslationSupport(
    int[] loads,
    int[] stores,
    boolean[] wordsOnly,
    int[] words,
    int size,
    State state,
    Position position,
    AddressSpace space,
    Units units) {

  static TranslationSupport of(State state, Position position, AddressSpace space, Units units) {
    DirectPages direct = space.direct();
    int[] words = space.storage().seal();
    return new TranslationSupport(
        direct.loads(),
        direct.stores(),
        direct.wordsOnly(),
        words,
        words.length << 2,
        state,
        position,
        space,
        units);
  }

  int load32(int address, int left, int site) {
    int index = Integer.rotateRight(address + loads[address >>> DirectPages.SHIFT], 2);
    return index >= 0 && index < words.length ? words[index] : slowLoad32(address, left, site);
  }

  int load16(int address, int left, int site) {
    int place = address + loads[address >>> DirectPages.SHIFT];
    return place >= 0
            && place < size
            && (place & 1) == 0
            && !wordsOnly[address >>> DirectPages.SHIFT]
        ? words[place >>> 2] >>> (place << 3) & 0xffff
        : slowLoad16(address, left, site);
  }

  int load8(int address, int left, int site) {
    int place = address + loads[address >>> DirectPages.SHIFT];
    return place >= 0 && place < size && !wordsOnly[address >>> DirectPages.SHIFT]
        ? words[place >>> 2] >>> (place << 3) & 0xff
        : slowLoad8(address, left, site);
  }

  void store32(int address, int value, int left, int site) {
    int index = Integer.rotateRight(address + stores[address >>> DirectPages.SHIFT], 2);
    if (index >= 0 && index < words.length) {
      words[index] = value;
    } else {
      slowStore32(address, value, left, site);
    }
  }

  void store16(int address, int value, int left, int site) {
    position.settle(left, site);
    space.store16(address, value);
    leaveIfAsked(0);
  }

  void store8(int address, int value, int left, int site) {
    int place = address + stores[address >>> DirectPages.SHIFT];
    if (place >= 0 && place < size && !wordsOnly[address >>> DirectPages.SHIFT]) {
      int old = words[place >>> 2];
      words[place >>> 2] = old ^ ((old >>> (place << 3) ^ value) & 0xff) << (place << 3);
    } else {
      slowStore8(address, value, left, site);
    }
  }

  private int slowLoad32(int address, int left, int site) {
    position.settle(left, site);
    return leaveIfAsked(space.load32(address));
  }

  private int slowLoad16(int address, int left, int site) {
    position.settle(left, site);
    return leaveIfAsked(space.load16(address));
  }

  private int slowLoad8(int address, int left, int site) {
    position.settle(left, site);
    return leaveIfAsked(space.load8(address));
  }

  private void slowStore32(int address, int value, int left, int site) {
    position.settle(left, site);
    space.store32(address, value);
    leaveIfAsked(0);
  }

  private void slowStore8(int address, int value, int left, int site) {
    position.settle(left, site);
    space.store8(address, value);
    leaveIfAsked(0);
  }

  private int leaveIfAsked(int loaded) {
    if (state.leave) {
      position.loaded = loaded;
      throw Leave.BEHIND;
    }
    return loaded;
  }

  int divisor(int value, int left, int site) {
    if (value == 0) {
      position.settle(left, site);
    }
    return Semantics.divisor(value);
  }

  /** Runs an instruction of a unit; returns where control goes. */
  int unit(int left, int site) {
    position.settle(left, site);
    Block block = position.block;
    int index = state.position;
    return units.execute(block.instructions[index], block.address(index), block.end);
  }

  /** Ends the region with {@code left} cycles. */
  void leave(int left) {
    position.leave(left);
  }

  void startLoop(int count, int begin, int end) {
    state.lcount = count - 1;
    state.lbeg = begin;
    state.lend = end;
  }

  /** Whether a zero-overhead loop that ends at {@code end} goes on; counts if so. */
  boolean loopsBack(int end) {
    if (state.lend != end || state.lcount == 0 || state.excm()) {
      return false;
    }
    state.lcount--;
    return true;
  }
}
