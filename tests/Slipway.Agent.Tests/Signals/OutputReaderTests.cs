using System.Collections.Frozen;
using System.Text;
using Google.Protobuf.Collections;
using Slipway.Agent.Identity;
using Slipway.Agent.Logs;
using Slipway.Agent.Signals.Lines;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

public sealed class OutputReaderTests : IDisposable
{
    private readonly ServiceFolder folder = new(Directory.CreateTempSubdirectory("slipway-").FullName);
    private readonly LogFiles files;
    private readonly LineKinds kinds = new();
    private readonly OutputReader reader;

    public OutputReaderTests()
    {
        Directory.CreateDirectory(folder.Logs);
        files = new(folder);
        Write("ERROR of long ago\n");
        reader = new(files);
    }

    [Fact]
    public void Only_what_is_new_is_read_and_a_line_when_it_has_an_end()
    {
        Write("INFO one\nWARN two\nERROR thr");
        Assert.Equal(new LineTally(2, 1, 0, false), Read());

        Write("ee\n");
        Assert.Equal(new LineTally(1, 0, 1, false), Read());
        Assert.Equal(["ERROR three"], Kinds());
        Assert.Equal(new LineTally(0, 0, 0, false), Read());
    }

    [Fact]
    public void Rotation_loses_nothing()
    {
        for (var round = 0; round < 3; round++)
        {
            Write("ERROR before\n");
            files.RotateIfTooLarge(new() { MaximumBytes = 1, Files = 9 });
        }

        Write("ERROR after\n");
        Assert.Equal(new LineTally(4, 0, 4, false), Read());
        Assert.Equal(new LineTally(0, 0, 0, false), Read());
    }

    [Fact]
    public void A_file_that_somebody_emptied_is_read_from_its_beginning()
    {
        File.WriteAllText(files.Path, "ERROR\n");

        Assert.Equal(new LineTally(1, 0, 1, false), Read());
    }

    [Fact]
    public void Of_too_much_a_part_stands_for_all()
    {
        var text = new StringBuilder();
        for (var number = 0; number < 100_000; number++)
            text.Append(number % 10 == 0 ? "2026-12-01 08:40:32 ERROR something went wrong here\n" : "2026-12-01 08:40:32 INFO all is well with this one\n");
        Write(text.ToString());

        var tally = Read();

        Assert.True(tally.IsSampled);
        Assert.InRange(tally.Lines, 95_000, 105_000);
        Assert.InRange(tally.Errors, 9_000, 11_000);
        var kind = Assert.Single(Told());
        Assert.InRange(kind.Counts[0], 9_000, 11_000);
        Write("INFO the rest of a line, maybe\nERROR one\n");
        Assert.Equal((1, false), (Read().Errors, false));
    }

    [Fact]
    public void Ten_megabytes_without_an_end_are_one_line_at_most()
    {
        Write(new string('x', 10 * 1024 * 1024));
        Assert.InRange(Read().Lines, 0, 1);

        Write("\nERROR one\n");
        Assert.Equal(1, Read().Errors);
    }

    [Fact]
    public void A_line_longer_than_a_block_is_one_line()
    {
        Write("ERROR " + new string('x', 300_000) + "\nERROR two\n");

        Assert.Equal(new LineTally(2, 0, 2, false), Read());
    }

    [Fact]
    public void Binary_output_does_no_harm()
    {
        var bytes = new byte[900_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(files.Path, bytes);

        Assert.InRange(Read().Lines, 1, bytes.Length);
    }

    [Theory]
    [InlineData("fail: Shop.Orders[12]\n      Order 4711 could not be shipped\n      System.IO.IOException: disk full\n         at Shop.Orders.Ship()\ninfo: Shop[0]\n      System.Exception: quoted\n", 1, "fail: Shop.Orders[<*>] Order <*> could not be shipped")]
    [InlineData("2026-12-01 08:40:32,123 ERROR [main] c.s.Orders - no stock\njava.lang.IllegalStateException: no stock\n\tat c.s.Orders.ship(Orders.java:12)\nCaused by: java.io.IOException: disk full\n\t... 12 more\n", 1, "<*> ERROR [main] c.s.Orders - no stock")]
    [InlineData("Exception in thread \"main\" java.lang.IllegalStateException: no stock\n\tat c.s.Orders.main(Orders.java:12)\nCaused by: java.io.IOException: disk full\n", 1, "Exception in thread <*> java.lang.IllegalStateException: no stock")]
    [InlineData("Traceback (most recent call last):\n  File \"shop.py\", line 12, in <module>\n    ship(4711)\nValueError: no order 4711\n", 1, "ValueError: no order <*>")]
    [InlineData("ERROR:root:shipping failed\nTraceback (most recent call last):\n  File \"shop.py\", line 12, in <module>\nKeyError: 'x'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"shop.py\", line 14, in <module>\nValueError: no order 4711\n", 1, "ERROR:root:shipping failed")]
    [InlineData("panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d\nexit status 2\n", 1, "panic: runtime error: index out of range [<*>] with length <*>")]
    [InlineData("Unhandled exception. System.InvalidOperationException: no stock\n ---> System.IO.IOException: disk full\n   at Shop.Main()\n", 1, "Unhandled exception. System.InvalidOperationException: no stock")]
    [InlineData("Error: no stock\n    at ship (/srv/shop/orders.js:12:9)\n    at main (/srv/shop/main.js:3:1)\n", 1, "Error: no stock")]
    [InlineData("\u001b[31mERROR\u001b[0m no stock\n", 1, "ERROR no stock")]
    [InlineData("WARN slow\nplain words\npanic: no stock\n", 1, "panic: no stock")]
    public void A_stack_trace_is_one_error_of_its_first_line(string output, int errors, string template)
    {
        Write(output);

        Assert.Equal(errors, Read().Errors);
        Assert.Equal([template], Kinds());
    }

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    private LineTally Read() => reader.Read(1, kinds);

    private IEnumerable<string> Kinds() => Told().Select(kind => kind.Template);

    private RepeatedField<LineKind> Told()
    {
        var told = new RepeatedField<LineKind>();
        kinds.Tell(told, 1, 1, FrozenSet<uint>.Empty);
        return told;
    }

    private void Write(string text) => File.AppendAllText(files.Path, text);
}
