using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.RealPrograms;

/// <summary>Programs that nobody here wrote, from their own registries, through everything a version goes through.</summary>
public sealed class RealProgramTests(RealProgramsFleet stack) : IClassFixture<RealProgramsFleet>
{
    private readonly Fleet fleet = stack.Fleet;

    public static TheoryData<string> Programs => [.. RealProgram.All.Select(program => program.Name)];

    [Theory, MemberData(nameof(Programs))]
    public async Task It_is_deployed_updated_and_taken_back(string name)
    {
        var program = RealProgram.All.Single(candidate => candidate.Name == name);
        await FetchAsync(program);
        await fleet.MustAsync("apply", "-f", Path.Combine(Repository.Sample(program.Name), "slipway.yaml"));

        await PublishAsync(program, program.First);
        await fleet.MustAsync("deploy", program.Name, program.First, "--to", "dev", "--wait");
        await AnswersAsVersionAsync(program, program.First);

        await PublishAsync(program, program.Second);
        await fleet.MustAsync("deploy", program.Name, program.Second, "--to", "dev", "--wait");
        await AnswersAsVersionAsync(program, program.Second);

        await fleet.MustAsync("rollback", program.Name, "--in", "dev", "--wait");
        await AnswersAsVersionAsync(program, program.First);
    }

    /// <summary>From the registry, once; a machine that cannot reach it or lacks the program's runtime skips the test.</summary>
    private static async Task FetchAsync(RealProgram program)
    {
        var fetched = await Command.RunAsync(Path.Combine(Repository.Sample(program.Name), "fetch"), []);
        Assert.SkipWhen(fetched.ExitCode != 0, $"samples/{program.Name}/fetch got nothing: {fetched.Story}");

        var runtime = File.ReadLines(Path.Combine(Repository.Sample(program.Name), "slipway.yaml"))
            .First(line => line.StartsWith("run: ", StringComparison.Ordinal))["run: ".Length..].Split(' ')[0];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, runtime)));
        Assert.SkipUnless(onPath || runtime.StartsWith("./", StringComparison.Ordinal), $"{runtime} is not installed.");
    }

    private Task PublishAsync(RealProgram program, string version) => fleet.MustAsync(
        "publish", program.Name, version, Path.Combine(Repository.Sample(program.Name), "fetched", version, program.Artifact));

    /// <summary>Two witnesses: the program itself, and what the server knows of the instance.</summary>
    private async Task AnswersAsVersionAsync(RealProgram program, string version)
    {
        var service = await fleet.ServiceOnAsync(fleet.Agents[0], program.Name);
        Assert.Equal((version, "healthy"), (service.RunningVersion, service.State));

        using var http = new HttpClient();
        var answer = await http.GetStringAsync(new Uri($"http://127.0.0.1:{service.Port}{program.Path}"), TestContext.Current.CancellationToken);
        Assert.Contains(program.AnswerOf(version), answer, StringComparison.Ordinal);
    }
}
