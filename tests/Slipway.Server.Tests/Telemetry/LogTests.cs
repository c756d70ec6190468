using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Slipway.Contracts.Services;
using Slipway.Server.Tests.Deployments.Http;

namespace Slipway.Server.Tests.Telemetry;

public sealed class LogTests
{
    [Fact]
    public async Task Structured_lines_of_a_deployment_carry_its_id()
    {
        var (lines, deployment) = await LogOfADeploymentAsync("json");
        var entries = lines.Select(line => JsonDocument.Parse(line).RootElement).Where(IsAboutTheStage).ToList();
        Assert.NotEmpty(entries);
        Assert.All(entries, entry =>
        {
            var scopes = entry.GetProperty("Scopes").EnumerateArray().Where(scope => scope.TryGetProperty("Deployment", out _));
            Assert.Equal(deployment, Assert.Single(scopes).GetProperty("Deployment").GetString());
        });

        static bool IsAboutTheStage(JsonElement entry) => entry.GetProperty("Category").GetString()!.EndsWith(".DeploymentRun", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_lines_of_a_deployment_name_it_once()
    {
        var (lines, deployment) = await LogOfADeploymentAsync("slipway");
        var own = lines.Where(line => line.Contains("DeploymentRun:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, line => Assert.Equal(2, line.Split(deployment).Length));
    }

    /// <summary>A stage that throws is what a deployment logs by itself.</summary>
    private static async Task<(IReadOnlyList<string> Lines, string Deployment)> LogOfADeploymentAsync(string formatter)
    {
        using var log = new FormattedLog();
        await using var server = await TestServer.StartAsync(
            builder => builder.Services.AddSingleton<ILoggerProvider>(services =>
            {
                log.Formatter = services.GetServices<ConsoleFormatter>().Single(one => one.Name == formatter);
                return log;
            }),
            "--Logging:Console:FormatterName", formatter);
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "throw: broken pipe") with { Deadline = Duration.FromSeconds(1) });
        var ended = await service.FinishAsync();
        return (log.Entries, ended.Id.Value);
    }
}
