/* SPDX-License-Identifier: Apache-2.0 */
/* The border between the PHY library and us, by the library's names. EXPORT: what we call. IMPORT: what it may call,
   and the function of ours that it gets. ROM_IMPORT: the same, at an address in the chip's ROM. The build reads this
   too: an archive that lacks an export, or needs what is not here, is refused. */

EXPORT(register_chipv7_phy)
EXPORT(chip_v7_set_chan_nomac)
EXPORT(enable_wifi_agc)
EXPORT(disable_wifi_agc)
EXPORT(tx_pwctrl_background)

IMPORT(memcpy, memcpy)
IMPORT(memset, memset)
IMPORT(sprintf, sprintf)
IMPORT(phy_printf, phy_log)
IMPORT(ets_delay_us, phy_delay)
IMPORT(esp_dport_access_reg_read, phy_register)
IMPORT(phy_enter_critical, phy_critical)
IMPORT(phy_exit_critical, phy_critical)
IMPORT(rtc_get_xtal, phy_crystal)
IMPORT(temprature_sens_read, phy_temperature)
IMPORT(__divdf3, __divdf3)
IMPORT(__divdi3, __divdi3)
IMPORT(__divsf3, __divsf3)
IMPORT(__floatunsidf, __floatunsidf)
IMPORT(__truncdfsf2, __truncdfsf2)
ROM_IMPORT(phy_get_romfuncs, 0x40004100)
