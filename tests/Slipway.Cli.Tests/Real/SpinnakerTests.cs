using Xunit;

namespace Slipway.Cli.Tests.Real;

/// <summary>A service of type spinnaker by the command line alone, from its description to what runs.</summary>
public sealed class SpinnakerTests
{
    private const string Yaml = """
        service: shop
        type: spinnaker
        settings:
          account: prod
          regions: [us-east-1]
          capacity: { min: 1, max: 4, desired: 2 }
          approval: { text: "Deploy it?", choices: [now, tonight] }
        environments:
          production: {}
        """;

    [Fact]
    public async Task A_version_is_published_asked_about_approved_and_shown_as_a_group()
    {
        await using var server = await RealServer.StartAsync();
        using var cli = await ConnectedAsync(server);
        await cli.RunAsync("publish", "shop", "1.0");
        var started = await cli.RunAsync("deploy", "shop", "--to", "production");
        var id = started.Out[started.Out.IndexOf("d-", StringComparison.Ordinal)..].Split('\n')[0];

        using var other = server.Cli();
        var watching = other.RunAsync("watch", id);
        var refused = await AnswerAsync(cli, id);
        Assert.Contains("Choose one of: now, tonight.", refused.Error, StringComparison.Ordinal);
        var approved = await cli.RunAsync("approve", id, "--choice", "now");
        var watched = await watching;

        Assert.Equal((0, 0), (approved.ExitCode, watched.ExitCode));
        Assert.Contains("approve: approved by", approved.Out, StringComparison.Ordinal);
        Assert.Contains("? Deploy it?", watched.Out, StringComparison.Ordinal);
        Assert.Contains($"slipway approve {id} --choice now", watched.Out, StringComparison.Ordinal);
        Assert.Contains("Deploy in us-east-1 done", watched.Out, StringComparison.Ordinal);
        Assert.Single(watched.Out.Split("Execution in Spinnaker:").Skip(1));

        var image = server.Gate.World.Images.Single().Id;
        Assert.Contains("ami in us-east-1", (await cli.RunAsync("versions", "shop")).Out, StringComparison.Ordinal);
        Assert.Contains(image, (await cli.RunAsync("versions", "shop", "1.0")).Out, StringComparison.Ordinal);
        await SeesAsync(cli, "shop-production-v000  1.0      serving");

        server.Gate.World.Disable("prod", "us-east-1", "shop-production-v000");
        await SeesAsync(cli, "drift");
    }

    [Fact]
    public async Task An_image_made_elsewhere_is_published_by_its_id_and_not_baked_again()
    {
        await using var server = await RealServer.StartAsync();
        using var cli = await ConnectedAsync(server);
        var image = server.Gate.World.AddImage("shop_1.0_all", "us-east-1").Id;

        var published = await cli.RunAsync("publish", "shop", "1.0", "--reference", $"ami=us-east-1:{image}");
        var plan = await cli.RunAsync("deploy", "shop", "--to", "production", "--dry-run");
        var anew = await cli.RunAsync("deploy", "shop", "--to", "production", "--dry-run", "--rebuild");

        Assert.Contains($"ami {image} in us-east-1", published.Out, StringComparison.Ordinal);
        Assert.Contains(image, plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("  bake", plan.Out, StringComparison.Ordinal);
        Assert.Contains("  bake", anew.Out, StringComparison.Ordinal);
    }

    private static async Task<Cli> ConnectedAsync(RealServer server)
    {
        var cli = server.Cli();
        cli.Write("slipway.yaml", Yaml);
        await cli.RunAsync("connections", "put", "main", "--type", "spinnaker", "--set", $"gate={server.Gate.Url}", "--set", "deck=http://deck", "--set", "interval=500ms");
        var applied = await cli.RunAsync("apply");
        Assert.True(applied.ExitCode == 0, applied.ToString());
        return cli;
    }

    /// <summary>Tries until the question is there, with an answer that is not enough.</summary>
    private static async Task<Run> AnswerAsync(Cli cli, string id)
    {
        Run run;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((run = await cli.RunAsync("approve", id)).Error.Contains("does not wait for an approval", StringComparison.Ordinal))
            await Task.Delay(50, patience.Token);

        return run;
    }

    private static async Task SeesAsync(Cli cli, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await cli.RunAsync("status", "shop")).Out.Contains(text, StringComparison.Ordinal))
            await Task.Delay(50, patience.Token);
    }
}
