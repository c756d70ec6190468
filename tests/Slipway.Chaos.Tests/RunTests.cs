using Slipway.Chaos.Checking;

namespace Slipway.Chaos.Tests;

/// <summary>The real thing for a minute of faults, with everything around it a minute and a half. ./chaos does it for as long as you like.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task After_a_minute_of_faults_nothing_is_lost_doubled_or_in_the_wrong_place()
    {
        var folder = Path.Combine(Repository.Root, "TestResults", "chaos-test");
        var run = await Command.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "slipway-chaos"),
            ["--minutes", "1", "--seed", "20260", "--agents", "3", "--folder", folder],
            atMost: TimeSpan.FromMinutes(12));
        Console.WriteLine(string.Join('\n', run.Output.Split('\n').TakeLast(14)));
        Assert.True(run.ExitCode == 0, run.Story);

        // So that a storm in which nothing happened is no proof.
        var history = History.Load(Path.Combine(folder, "history-afterwards.json"));
        Assert.True(history.Asked.Count(asked => asked.Attempts.Any(attempt => attempt.IsSuccess)) >= 10, run.Story);
        Assert.True(history.Deployments.Count(deployment => deployment.Events.Count > 3) >= 5, run.Story);
        Assert.NotEmpty(history.Sightings);
        Assert.All(history.Folders, folder => Assert.NotEmpty(folder.Starts));
    }
}
