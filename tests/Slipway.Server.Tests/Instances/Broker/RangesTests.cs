using Slipway.Server.Instances.Broker;

namespace Slipway.Server.Tests.Instances.Broker;

public sealed class RangesTests
{
    [Fact]
    public void Neighbours_are_one_range() =>
        Assert.Equal([5000], Ranges.Of([.. Enumerable.Range(1, 5000).Select(number => (uint)number)]).Select(range => range.Count));

    [Fact]
    public void Three_instances_far_apart_are_three_ranges_so_that_nobody_between_them_hears() =>
        Assert.Equal([[10u], [2500u], [4990u]], Ranges.Of([10, 2500, 4990]));

    [Fact]
    public void A_few_instances_between_are_not_worth_a_message() => Assert.Single(Ranges.Of([1, 1 + Ranges.WorthSplitting]));

    [Fact]
    public void There_are_never_more_ranges_than_one_call_publishes_and_no_number_is_lost()
    {
        uint[] numbers = [.. Enumerable.Range(1, 300).Select(i => (uint)(i * 1000))];
        var ranges = Ranges.Of(numbers).ToList();
        Assert.Equal(Ranges.Most, ranges.Count);
        Assert.Equal(numbers, ranges.SelectMany(range => range));
    }

    [Fact]
    public void Nobody_is_no_range() => Assert.Empty(Ranges.Of([]));
}
