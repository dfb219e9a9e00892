package dev.portcullis.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private long now = 1_000_000;
    private final Throttle throttle = new Throttle(() -> Instant.ofEpochMilli(now), 3, 6_000, 4);

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.refused(address);
        }
    }

    @Test
    void anAddressIsHeldUpAfterSoManyAndForgottenOneByOne() {
        refuse("192.0.2.1", 2);
        assertThat(throttle.wait("192.0.2.1")).isZero();
        refuse("192.0.2.1", 1);
        assertThat(throttle.wait("192.0.2.1")).isEqualTo(6);
        assertThat(throttle.wait("192.0.2.2")).isZero();
        now += 6_000;
        assertThat(throttle.wait("192.0.2.1")).isZero();
        refuse("192.0.2.1", 1);
        assertThat(throttle.wait("192.0.2.1")).isEqualTo(6);
    }

    @Test
    void whoGoesOnDoesNotWaitForEver() {
        refuse("192.0.2.1", 50);
        assertThat(throttle.wait("192.0.2.1")).isLessThanOrEqualTo(6);
    }

    @Test
    void allAreHeldUpWhereManyTryTogether() {
        for (int i = 0; i < 12; i++) {
            throttle.refused("192.0.2." + i);
        }
        assertThat(throttle.wait("198.51.100.1")).isEqualTo(2);
        now += 2_000;
        assertThat(throttle.wait("198.51.100.1")).isZero();
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        refuse("2001:db8::1", 3);
        assertThat(throttle.wait("2001:db8::ffff:1")).isPositive();
        assertThat(throttle.wait("2001:db8:1::1")).isZero();
    }
}
