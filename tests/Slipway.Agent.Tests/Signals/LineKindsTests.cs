using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Google.Protobuf.Collections;
using Slipway.Agent.Signals.Lines;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

public sealed class LineKindsTests
{
    private readonly LineKinds kinds = new();

    [Theory]
    [InlineData("Order 4711 took 12.5 ms", "Order <*> took <*> ms")]
    [InlineData("2026-12-01 08:40:32,123 ERROR [pool-1-thread-12] c.s.Orders - no stock", "<*> ERROR [pool-<*>-thread-<*>] c.s.Orders - no stock")]
    [InlineData("2026-12-01T08:40:32.123+01:00 ERROR no stock", "<*> ERROR no stock")]
    [InlineData("Dec 01 08:40:32 ERROR no stock", "<*> ERROR no stock")]
    [InlineData("user 7f3a9c1e-11aa-4b5c-9d0e-0123456789ab is away", "user <*> is away")]
    [InlineData("dial tcp 10.0.0.12:5432: connect: connection refused", "dial tcp <*>: connect: connection refused")]
    [InlineData("dial tcp [::1]:5432: connect: connection refused", "dial tcp [<*>]<*>: connect: connection refused")]
    [InlineData("open /var/lib/shop/a.db: no such file", "open <*>: no such file")]
    [InlineData("cannot find \"shop one\" in 'the list'", "cannot find <*> in <*>")]
    [InlineData("it can't be found", "it can't be found")]
    [InlineData("commit deadbeefcafe at 0x7ffd12", "commit <*> at <*>")]
    [InlineData("GET https://shop/x?y=1 failed", "GET <*>?y=<*> failed")]
    [InlineData("ids 1, 2, 3, 4 are gone", "ids <*> are gone")]
    [InlineData("mail to ann@example.org was refused", "mail to <*> was refused")]
    [InlineData("java.io.IOException: Broken pipe", "java.io.IOException: Broken pipe")]
    [InlineData("  spaces \t everywhere  ", "spaces everywhere")]
    [InlineData("Int32 overflow in main.go:81", "Int<*> overflow in main.go:<*>")]
    [InlineData("session x9k2m4p7q1 has ended", "session <*> has ended")]
    public void What_differs_is_masked(string line, string expected)
    {
        kinds.Add(Encoding.UTF8.GetBytes(line), 1, 1);

        Assert.Equal(expected, Assert.Single(Told()).Template);
    }

    [Fact]
    public void Words_that_differ_between_like_lines_become_a_mark_and_the_first_line_stays_as_the_example()
    {
        foreach (var name in new[] { "ann", "bob", "cleo" })
            Add($"the order of customer {name} could not be shipped");
        Add("the stock of something else could not be read");

        var told = Told();

        Assert.Equal(["the order of customer <*> could not be shipped", "the stock of something else could not be read"], told.Select(kind => kind.Template));
        Assert.Equal("the order of customer ann could not be shipped", told[0].Example);
        Assert.Equal([3], told[0].Counts);
    }

    [Fact]
    public void Instances_that_see_other_values_in_another_order_find_the_same_kinds()
    {
        var random = new Random(7);
        string[] shapes =
        [
            "2026-12-01 08:40:{0:00},{1:000} ERROR [worker-{1}] c.s.Orders - order {1} of customer {2} not found",
            "2026-12-01 08:40:{0:00},{1:000} ERROR [worker-{1}] c.s.Mail - SMTP {1} from 10.0.{0}.{0}:25: mailbox full",
            "E0102 15:04:{0:00}.000{1:000}   12345 pool.go:81] connection {2} reset by peer after {1}ms",
            "[08:40:{0:00} ERR] HTTP GET /orders/{1} responded 500 in {1}.{0} ms",
        ];
        var other = new LineKinds();

        foreach (var instance in new[] { kinds, other })
        {
            foreach (var shape in Enumerable.Range(0, 400).Select(_ => shapes[random.Next(shapes.Length)]))
            {
                var line = string.Format(CultureInfo.InvariantCulture, shape, random.Next(60), random.Next(1000), Guid.NewGuid());
                instance.Add(Encoding.UTF8.GetBytes(line), 1, 1);
            }
        }

        var templates = Told().Select(kind => kind.Template).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(shapes.Length, templates.Count);
        Assert.Equal(templates, Told(other).Select(kind => kind.Template).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_kind_that_was_not_seen_for_longest_makes_room()
    {
        for (var number = 0; number < LineKinds.MostKinds; number++)
            Add($"{Word(number)} went wrong");
        Add($"{Word(0)} went wrong");
        Add("and another thing");

        var told = Told();

        Assert.Equal(LineKinds.MostKinds, told.Count);
        Assert.Contains(told, kind => kind.Template == $"{Word(0)} went wrong");
        Assert.DoesNotContain(told, kind => kind.Template == $"{Word(1)} went wrong");
        Assert.Contains(told, kind => kind.Template == "and another thing");
    }

    [Fact]
    public void Only_steps_that_are_asked_for_are_told()
    {
        Add("once", step: 10);
        Add("twice", step: 11);
        Add("twice", step: 12);
        Add("twice", step: 12, weight: 2.4);

        var told = Told(first: 11, count: 3);

        var kind = Assert.Single(told);
        Assert.Equal([0, 1], kind.At);
        Assert.Equal([1, 3], kind.Counts);
    }

    [Fact]
    public void Counts_of_long_ago_do_not_come_back()
    {
        Add("now and then", step: 10);
        Add("now and then", step: 10 + 360);

        var kind = Assert.Single(Told(first: 11, count: 360));
        Assert.Equal([359], kind.At);
        Assert.Equal([1], kind.Counts);
    }

    [Theory]
    [InlineData("{\"level\":\"error\",\"time\":\"2026-12-01\",\"msg\":\"no \\\"stock\\\" left\\nfor 12\",\"id\":7}", "no <*> left")]
    [InlineData("{\"@t\":\"x\",\"@l\":\"Error\",\"@mt\":\"Order {OrderId} failed\",\"OrderId\":12,\"@x\":\"System.IO.IOException: disk full\\n   at X\"}", "Order {OrderId} failed System.IO.IOException: disk full")]
    [InlineData("{\"LogLevel\":\"Error\",\"Message\":\"Order 12 failed\",\"State\":{\"Message\":\"Order 12 failed\",\"OrderId\":12,\"{OriginalFormat}\":\"Order {OrderId} failed\"}}", "Order {OrderId} failed")]
    [InlineData("time=2026-12-01T08:40:32Z level=error msg=\"no stock\" err=\"dial tcp 10.0.0.1:80: refused\"", "no stock dial tcp <*>: refused")]
    [InlineData("{\"level\":\"error\",\"msg\":\"it\\u0027s \\u00e9\\ud83d\"}", "it's é\ufffd")]
    public void Of_structured_lines_it_is_what_was_said(string line, string expected)
    {
        Add(line);

        Assert.Equal(expected, Assert.Single(Told()).Template);
    }

    [Theory]
    [InlineData(100_000, 'x')]
    [InlineData(100_000, '"')]
    [InlineData(100_000, '1')]
    [InlineData(501, '\ud83d')]
    [InlineData(3_000, '\u20ac')]
    public void Long_lines_are_cut(int length, char character)
    {
        Add(new string(character, length) + " end");

        var kind = Assert.Single(Told());
        Assert.InRange(kind.Example.Length, 1, LineText.Longest);
        Assert.InRange(kind.Template.Length, 1, LineText.Longest);
    }

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var line = new byte[random.Next(700)];
            random.NextBytes(line);
            kinds.Add(line, 1, 1);
        }

        Assert.Equal(LineKinds.MostKinds, Told().Count);
    }

    private static string Word(int number) => $"{(char)('a' + (number / 26))}{(char)('a' + (number % 26))}x";

    private void Add(string line, long step = 1, double weight = 1) => kinds.Add(Encoding.UTF8.GetBytes(line), step, weight);

    private RepeatedField<LineKind> Told(LineKinds? of = null, long first = 1, int count = 1)
    {
        var told = new RepeatedField<LineKind>();
        (of ?? kinds).Tell(told, first, count, FrozenSet<uint>.Empty);
        return told;
    }
}
