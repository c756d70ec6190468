using System.Globalization;
using System.Text;
using Slipway.Agent.Identity;
using Slipway.Agent.Logs;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Logs;

public sealed class LogTests : IDisposable
{
    private readonly ServiceFolder folder = new(Directory.CreateTempSubdirectory("slipway-").FullName);
    private readonly LogFiles files;

    public LogTests()
    {
        Directory.CreateDirectory(folder.Logs);
        files = new(folder);
    }

    [Fact]
    public void The_last_lines_are_read_from_the_end_whatever_lies_before()
    {
        Write(string.Concat(Enumerable.Range(0, 100_000).Select(number => $"line {number}\n")));

        Assert.Equal(["line 99997", "line 99998", "line 99999"], Tail(3));
    }

    [Theory]
    [InlineData("", 5, new string[0])]
    [InlineData("one", 5, new[] { "one" })]
    [InlineData("one\ntwo", 1, new[] { "two" })]
    [InlineData("one\ntwo\n", 1, new[] { "two" })]
    [InlineData("one\n\n\n", 2, new[] { "", "" })]
    [InlineData("one\r\ntwo\r\n", 2, new[] { "one", "two" })]
    [InlineData("one\ntwo\n", 0, new string[0])]
    public void Edges_of_a_file(string content, int count, string[] expected)
    {
        Write(content);

        Assert.Equal(expected, Tail(count));
    }

    [Fact]
    public void An_endless_line_is_cut_and_what_is_not_UTF8_is_replaced()
    {
        Write(new string('x', 100_000) + "\n");
        using (var file = new FileStream(files.Path, FileMode.Append))
            file.Write([(byte)'a', 0xff, (byte)'b', (byte)'\n']);

        var lines = Tail(2);

        Assert.Equal("a\ufffdb", lines[^1]);
        Assert.Equal(LogTail.LongestLine, lines[0].Length);
    }

    [Fact]
    public void Rotation_keeps_so_many_files_and_the_writer_goes_on_in_the_emptied_one()
    {
        // As a service does: its descriptor appends and is never opened anew.
        using var service = new FileStream(files.Path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 });
        for (var round = 1; round <= 4; round++)
        {
            service.Write(Encoding.UTF8.GetBytes($"round {round} " + new string('x', 100) + "\n"));
            service.Seek(0, SeekOrigin.Begin);
            files.RotateIfTooLarge(new() { MaximumBytes = 50, Files = 2 });
        }

        Assert.Equal(0, files.Length);
        Assert.StartsWith("round 4", File.ReadAllText(files.Rotated(1)), StringComparison.Ordinal);
        Assert.StartsWith("round 3", File.ReadAllText(files.Rotated(2)), StringComparison.Ordinal);
        Assert.False(File.Exists(files.Rotated(3)));
    }

    [Fact]
    public void A_small_log_is_left_alone()
    {
        Write("small\n");

        files.RotateIfTooLarge(new LogRotation { MaximumBytes = 50, Files = 2 });

        Assert.Equal("small\n", File.ReadAllText(files.Path));
    }

    [Fact]
    public void A_tail_reaches_back_into_rotated_files()
    {
        Write("one\ntwo\n");
        files.RotateIfTooLarge(new() { MaximumBytes = 1, Files = 5 });
        Write("three\n");

        Assert.Equal(["two", "three"], Tail(2));
        Assert.Equal(["one", "two", "three"], Tail(10));
    }

    [Fact]
    public async Task A_follower_sees_every_line_across_rotations()
    {
        Write("past\n");
        List<string> seen = [];
        using var enough = new CancellationTokenSource();
        LogTail.Read(files, 0, out var end, out var rotations);
        var following = new LogFollower(files, TimeProvider.System).FollowAsync(end, rotations, Add, enough.Token);

        for (var number = 0; number < 1000; number++)
        {
            Write($"line {number}\n");
            if (number % 300 == 299)
                files.RotateIfTooLarge(new() { MaximumBytes = 1, Files = 9 });
            if (number % 150 == 0)
                await TestInstance.UntilAsync(() => Count() > number - 200, "it keeps up");
        }

        await TestInstance.UntilAsync(() => Count() == 1000, "all lines arrived");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(Enumerable.Range(0, 1000).Select(number => "line " + number.ToString(CultureInfo.InvariantCulture)), seen);

        int Count()
        {
            lock (seen)
                return seen.Count;
        }

        ValueTask Add(IReadOnlyList<string> lines)
        {
            lock (seen)
                seen.AddRange(lines);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task The_activator_tails_a_service_and_knows_which_it_has()
    {
        await using var instance = new TestInstance();
        Assert.Equal("no_such_service", await instance.Activator.TailAsync(instance.Service, 5, follow: false, _ => ValueTask.CompletedTask, default));
        await instance.ActivateHealthyAsync(instance.Version("1.0", "echo one; echo two; exec sleep 1000"));
        await TestInstance.UntilAsync(() => instance.Log == "one\ntwo\n", "it has spoken");

        List<string> lines = [];
        var ended = await instance.Activator.TailAsync(instance.Service, 1, follow: false, chunk =>
        {
            lines.AddRange(chunk);
            return ValueTask.CompletedTask;
        }, default);

        Assert.Null(ended);
        Assert.Equal(["two"], lines);
    }

    [Fact]
    public async Task The_log_of_a_running_service_is_rotated()
    {
        await using var instance = new TestInstance();

        await instance.ActivateHealthyAsync(instance.Version(
            "1.0", "while :; do echo 'line of output'; sleep 0.01; done", change: spec => spec.Logs = new() { MaximumBytes = 200, Files = 1 }));

        await TestInstance.UntilAsync(() => File.Exists(Path.Combine(instance.Folder.Logs, "current.1.log")), "it was rotated");
        await TestInstance.UntilAsync(() => instance.Log.Length > 0, "the service writes on");
    }

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    private void Write(string text) => File.AppendAllText(files.Path, text);

    private List<string> Tail(int count) => LogTail.Read(files, count, out _, out _);
}
