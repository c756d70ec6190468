using Slipway.Agent.Signals;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

public sealed class SignalRingTests
{
    private readonly SignalRing ring = new(10_000);

    [Fact]
    public void The_last_360_steps_are_kept()
    {
        for (var step = 1000; step < 1500; step++)
            Record(step, step);

        Assert.Equal((1140, 1499), (ring.First, ring.Last));
        Assert.Equal(1140, ring.Get("cpu", 1140));
        Assert.Equal(1499, ring.Get("cpu", 1499));
        Assert.Equal(float.NaN, ring.Get("cpu", 1139));
        Assert.Equal(float.NaN, ring.Get("cpu", 1500));
    }

    [Fact]
    public void Steps_that_were_missed_have_no_value()
    {
        Record(10, 1);
        Record(14, 2);
        Record(14 + 400, 3);

        Assert.Equal(float.NaN, ring.Get("cpu", 14 + 399));
        Assert.Equal(3, ring.Get("cpu", 14 + 400));

        Record(14 + 403, 4);
        Assert.Equal([3, float.NaN, float.NaN, 4], Enumerable.Range(414, 4).Select(step => ring.Get("cpu", step)));
    }

    [Fact]
    public void A_signal_takes_no_room_before_it_has_a_value()
    {
        ring.Begin(1);
        ring.Set("cpu", double.NaN);
        Assert.Empty(ring.Names);

        ring.Set("cpu", 1);
        Assert.Equal(["cpu"], ring.Names);
    }

    [Fact]
    public void Names_that_have_no_values_any_more_make_room()
    {
        for (var step = 0; step < 1000; step++)
            Record(step, 1, "metric:" + step);

        Assert.InRange(ring.Names.Count(), 1, 64);
        Record(2000, 1, "metric:new");
        Assert.Equal(1, ring.Get("metric:new", 2000));
    }

    [Fact]
    public void A_clock_put_back_a_little_is_waited_for_and_one_put_back_much_begins_anew()
    {
        Record(1000, 1);
        Assert.False(ring.Begin(1000));
        Assert.False(ring.Begin(995));
        Assert.Equal(1, ring.Get("cpu", 1000));

        Assert.True(ring.Begin(900));
        Assert.Equal((900, 900), (ring.First, ring.Last));
    }

    private void Record(long step, double value, string name = "cpu")
    {
        Assert.True(ring.Begin(step));
        ring.Set(name, value);
    }
}
