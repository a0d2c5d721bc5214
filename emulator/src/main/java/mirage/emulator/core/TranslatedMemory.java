// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.DirectPages;

/**
 * Loads and stores of translated code. A translation holds it as a constant, and final fields of records are constants
 * to the just-in-time compiler: with the arrays' addresses and lengths known, a load is seven machine instructions.
 * Methods are as short as they can be, for bytecodes of a method and all it inlines are counted, and from 8000 on
 * nothing more is inlined.
 *
 * <p>What is not reached directly may raise an exception or look at the time: the state is brought up to date first,
 * for the instruction {@code site} and the cycles {@code left} behind its block. If something asked to leave, a
 * {@link Leave} ends the region behind the access.
 */
record TranslatedMemory(
    int[] loads,
    int[] stores,
    boolean[] wordsOnly,
    int[] words,
    int size,
    State state,
    AddressSpace space) {

  static TranslatedMemory of(State state, AddressSpace space) {
    DirectPages direct = space.direct();
    int[] words = space.storage().seal();
    return new TranslatedMemory(
        direct.loads(),
        direct.stores(),
        direct.wordsOnly(),
        words,
        words.length << 2,
        state,
        space);
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
    settle(left, site);
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
    settle(left, site);
    return leaveIfAsked(space.load32(address));
  }

  private int slowLoad16(int address, int left, int site) {
    settle(left, site);
    return leaveIfAsked(space.load16(address));
  }

  private int slowLoad8(int address, int left, int site) {
    settle(left, site);
    return leaveIfAsked(space.load8(address));
  }

  private void slowStore32(int address, int value, int left, int site) {
    settle(left, site);
    space.store32(address, value);
    leaveIfAsked(0);
  }

  private void slowStore8(int address, int value, int left, int site) {
    settle(left, site);
    space.store8(address, value);
    leaveIfAsked(0);
  }

  private void settle(int left, int site) {
    TranslationSupport.settle(state, left, site);
  }

  private int leaveIfAsked(int loaded) {
    if (state.leave) {
      state.loaded = loaded;
      throw Leave.BEHIND;
    }
    return loaded;
  }
}
