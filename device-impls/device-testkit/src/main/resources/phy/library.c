/* SPDX-License-Identifier: Apache-2.0 */
/* A PHY library of ours: what it computes needs windowed calls that are deeper than the register file, both ways, and
   each kind of import. Nothing of it is about a radio but the index of the channel. */

#include <stdint.h>

int phy_printf(const char *format, ...);
void *memcpy(void *to, const void *from, unsigned size);
void *memset(void *to, int byte, unsigned size);
uint32_t phy_enter_critical(void);
void phy_exit_critical(uint32_t state);
uint32_t temprature_sens_read(void);
int sprintf(char *to, const char *format, ...);
void ets_delay_us(uint32_t us);
uint32_t rtc_get_xtal(void);
uint32_t esp_dport_access_reg_read(uint32_t address);

#define ANA_CHANNEL_REG 0x3FF4E0C4
/* One that keeps what is written: the channel, for who wants to know it. */
#define ANA_KEPT_REG 0x3FF4E0C0
#define DEPTH 40
#define IRAM __attribute__((section(".phyiram.1"), noinline))

static int ready;
static int shared = 1000; /* .data */

/* Each frame has a value of its own behind the call, in registers that were on the stack meanwhile. The library
   is called from the deepest. */
IRAM int near_sum(int n, int a, int b, int c, int d, int e) {
  if (n == 0) return (int)rtc_get_xtal() + shared;
  int mine = n * 3 + a;
  int below = near_sum(n - 1, b, c, d, e, mine);
  return below + mine + a - b + c - d + e;
}

IRAM int sum(void) { return near_sum(DEPTH, 1, 2, 3, 4, 5); }

/* The other two sizes of frames, which the compiler does not use: n + (n - 1) + ... + 1, and twice that. Each frame
   needs registers of its own behind the call, the first and the last that go to the stack. */
int four(int n), twelve(int n);
__asm__(".section .phyiram.2, \"ax\"\n"
        ".align 4\n"
        "four: entry a1, 32\n"
        " beqz a2, 1f\n"
        " mov a3, a2\n"
        " addi a6, a2, -1\n"
        " call4_near four\n"
        " add a2, a6, a3\n"
        "1: retw\n"
        ".align 4\n"
        "twelve: entry a1, 48\n"
        " beqz a2, 1f\n"
        " mov a4, a2\n"
        " mov a11, a2\n"
        " addi a14, a2, -1\n"
        " call12_near twelve\n"
        " add a2, a14, a4\n"
        " add a2, a2, a11\n"
        "1: retw\n"
        ".text\n");

/* The same without windows, for what the other must give. */
static int expected(void) {
  int a = 1, b = 2, c = 3, d = 4, e = 5, total = 40 + 1000;
  for (int n = DEPTH; n > 0; n--) {
    int mine = n * 3 + a;
    total += mine + a - b + c - d + e;
    a = b, b = c, c = d, d = e, e = mine;
  }
  return total;
}

IRAM static int turns(int count) {
  int n = 0;
  __asm__ volatile("loop %1, 1f\n addi %0, %0, 2\n1:" : "+a"(n) : "a"(count));
  return n;
}

int register_chipv7_phy(const uint8_t *init, void *calibration, int mode) {
  char text[64], copy[64];
  volatile uint32_t whole = 1000000;
  volatile long long far = 1000000000000;
  union {
    float number;
    uint32_t bits;
  } quotient;
  volatile uint32_t divisor = init[0];
  quotient.number = (float)((double)whole / (double)divisor) / (float)(double)divisor;
  int length = sprintf(text, "%d %d %d %d %d %d %d %d", 1, 2, 3, 4, 5, 6, 7, 8);
  uint32_t state = phy_enter_critical();
  memset(copy, 'x', sizeof copy);
  memcpy(copy, text, length + (copy[length + 1] == 'x'));
  phy_exit_critical(state);
  ets_delay_us(20);
  ready = (int)temprature_sens_read();
  int found = sum();
  ready = found == expected();
  phy_printf("phy: %s, %d of %d, %d turns, init %d %d %d, mode %d, %x %d, %d %d\n", copy, found, expected(), turns(7), init[0],
             init[44], init[57], mode, quotient.bits,
             (int)(far / whole), four(DEPTH), twelve(DEPTH));
  *(volatile uint32_t *)calibration = esp_dport_access_reg_read(ANA_CHANNEL_REG);
  return 0;
}

void chip_v7_set_chan_nomac(uint8_t channel, uint8_t second) {
  if (!ready || second != 0) return;
  *(volatile uint32_t *)ANA_CHANNEL_REG = 10 * (channel + 1) + 4;
  *(volatile uint32_t *)ANA_KEPT_REG = channel;
}

void enable_wifi_agc(void) {}

void disable_wifi_agc(void) {}

void tx_pwctrl_background(int a, int b) {}
