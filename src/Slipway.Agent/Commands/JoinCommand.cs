using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Commands;

/// <summary>`slipway-agent join`: makes this instance one of the server's.</summary>
internal static class JoinCommand
{
    private static readonly Option<string[]> Server = new("--server") { Description = "The server's address. Again for each node of a cluster without a balancer.", HelpName = "URL", Required = true };
    private static readonly Option<string> Token = new("--token") { Description = "A join token: slipway agents token", HelpName = "TOKEN", Required = true };
    private static readonly Option<string> Environment = new("--environment") { Description = "The environment this instance belongs to.", HelpName = "NAME", Required = true };
    private static readonly Option<string[]> Service = new("--service") { Description = "A service it runs. Again for each.", HelpName = "NAME", Required = true };
    private static readonly Option<string?> Name = new("--name") { Description = "The instance's name. Default: the host name.", HelpName = "NAME" };
    private static readonly Option<string[]> Label = new("--label") { Description = "A label for selecting and for ${label.KEY}. Again for each.", HelpName = "KEY=VALUE" };
    private static readonly Option<string?> Balancer = new("--balancer") { Description = "Where load balancers ask whether the instance is ready.", HelpName = "ADDRESS:PORT" };
    private static readonly Option<string> TransportWord = Words("--transport", "How commands come: direct, over a connection this agent holds, or aws, from an SQS queue.", "direct", "direct", "aws");
    private static readonly Option<string?> Queue = new("--queue") { Description = "The URL of a queue made for this agent. Default: it makes its own.", HelpName = "URL" };
    private static readonly Option<bool> AllowPlainHttp = new("--allow-plain-http") { Description = "Allow http:// to another machine." };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Join again although this data folder has joined before." };
    private static readonly Option<string> Data = AgentCommand.DataOption();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("join", "Makes this instance one of a server's, with a join token; done once.")
        {
            Server, Token, Environment, Service, Name, Label, Balancer, TransportWord, Queue, AllowPlainHttp, Replace, Data,
        };
        command.SetAction((parsed, cancellation) => InvokeAsync(parsed, output, error, cancellation));
        return command;
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var data = new DataFolder(parsed.GetValue(Data)!);
        var failure = TryRead(parsed, data, out var wish)
            ?? await new Joining(data).JoinAsync(wish, TimeProvider.System, cancellation);
        if (failure is not null)
        {
            await error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }

        var identity = AgentIdentity.Load(data)!;
        await output.WriteLineAsync($"{identity.Instance} has joined {identity.Servers[0]} in {identity.Environment}.");
        await output.WriteLineAsync($"Next: slipway-agent run{(parsed.GetResult(Data) is { Implicit: false } ? $" --data {parsed.GetValue(Data)}" : "")}");
        return ExitCode.Done;
    }

    private static CommandFailure? TryRead(ParseResult parsed, DataFolder data, out JoinWish wish)
    {
        wish = null!;
        if (!parsed.GetValue(Replace) && File.Exists(data.Identity))
            return Wrong($"{data.Root} has joined before. Say --replace to join again with a fresh token, or give another folder with --data.");
        if (!JoinToken.TryParse(parsed.GetValue(Token), out var token))
            return Wrong("That is no join token: it begins with slj_. Make one with: slipway agents token");

        var servers = new List<Uri>();
        foreach (var text in parsed.GetValue(Server)!)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var server))
                return Wrong($"{text} is no address of a server: write https://slipway.example.com");
            if (ServerTrust.Objection(server, parsed.GetValue(AllowPlainHttp)) is { } objection)
                return Wrong(objection);
            servers.Add(server);
        }

        if (!EnvironmentName.TryParse(parsed.GetValue(Environment), out var environment))
            return Wrong(EnvironmentName.Rule);
        if (!InstanceName.TryParse(parsed.GetValue(Name) ?? System.Environment.MachineName, out var name))
            return Wrong(InstanceName.Rule + " Give one with --name.");
        if (parsed.GetValue(Service)!.FirstOrDefault(text => !ServiceName.TryParse(text, out _)) is { } bad)
            return Wrong($"{bad}: {ServiceName.Rule}");
        if (!TryReadLabels(parsed.GetValue(Label) ?? [], out var labels, out var label))
            return Wrong($"{label} is no label: write --label zone=b");
        if (parsed.GetValue(Balancer) is { } balancer && !IsAddressWithPort(balancer))
            return Wrong($"{balancer} is no address for balancers: write an IP address and a port, for example 127.0.0.1:9100");

        var transport = parsed.GetValue(TransportWord) == "aws" ? Transport.Aws : Transport.Direct;
        if (parsed.GetValue(Queue) is { } queue && QueueObjection(queue, transport) is { } badQueue)
            return Wrong(badQueue);

        wish = new(
            token, servers, environment, name, [.. parsed.GetValue(Service)!.Select(ServiceName.Parse).Distinct()], labels, parsed.GetValue(Balancer), transport, parsed.GetValue(Queue), parsed.GetValue(AllowPlainHttp));
        return null;
    }

    private static bool TryReadLabels(string[] texts, out Dictionary<string, string> labels, [NotNullWhen(false)] out string? bad)
    {
        labels = new(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            bad = text;
            if (text.Split('=', 2) is not [{ Length: > 0 } key, var value])
                return false;

            labels[key] = value;
        }

        bad = "";
        return true;
    }

    /// <summary>A number alone is an IPv4 address to .NET, and an address alone has the port 0.</summary>
    private static bool IsAddressWithPort(string text) =>
        text.Contains(':', StringComparison.Ordinal) && System.Net.IPEndPoint.TryParse(text, out var address) && address.Port > 0;

    private static string? QueueObjection(string queue, Transport transport) =>
        transport != Transport.Aws ? "--queue is for --transport aws."
        : Uri.TryCreate(queue, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? null
        : $"{queue} is no address of a queue: write https://sqs.eu-central-1.amazonaws.com/123456789012/name";

    private static Option<string> Words(string name, string description, string otherwise, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise, HelpName = string.Join('|', words) };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static CommandFailure Wrong(string message) => new(ExitCode.WrongUsage, message);
}
