using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Configuration;

/// <summary>slipway config set checkout --in production LOG_LEVEL=debug --secret API_KEY=-</summary>
internal sealed class SetConfig : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Argument<string[]> values = new("values") { Description = "KEY=VALUE …", Arity = ArgumentArity.ZeroOrMore, HelpName = "KEY=VALUE" };
    private readonly Option<EnvironmentName> environment;
    private readonly Option<string[]> secrets = new("--secret") { Description = "Kept encrypted, never shown; KEY=- reads the value from standard input", HelpName = "KEY=VALUE" };
    private readonly Option<string[]> unset = new("--unset") { Description = "Take a value or secret away", HelpName = "KEY" };

    public SetConfig(Surroundings surroundings)
        : base(surroundings, "set", "Make the next config revision: the newest one with these changes. It counts from the next deployment.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(values);
        Add(environment);
        Add(secrets);
        Add(unset);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var newValues = Split(call.Get(values));
        var newSecrets = await ReadSecretsAsync(call, cancellation);
        var gone = call.Get(unset);
        if (newValues.Count + newSecrets.Count + gone.Length == 0)
            throw StopException.Usage("nothing_to_set", "There is nothing to set.", "Give KEY=VALUE, --secret KEY=VALUE or --unset KEY.");

        var target = new TargetId(call.Get(service), call.Get(environment));
        var before = await call.Client.Configuration.FindNewestAsync(target, cancellation);
        var revision = await call.Client.Configuration.CreateAsync(target, Change(before, newValues, newSecrets, gone), cancellation);
        if (call.Json)
            call.WriteJson(revision, ContractsJson.Default.ConfigRevision);
        else
            call.Line(call.Ink.Good($"✓ {target.Service} in {target.Environment} has config revision {revision.Number}."));
        call.Note($"It counts from the next deployment: slipway deploy {target.Service} <version> --to {target.Environment}");
        return ExitCode.Done;
    }

    /// <summary>A name is a value or a secret, never both; the newer word counts.</summary>
    private static CreateConfigRevision Change(
        ConfigRevision? before, Dictionary<string, string> newValues, Dictionary<string, string> newSecrets, string[] gone)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in before?.Values ?? new Dictionary<string, string>())
        {
            if (!gone.Contains(name) && !newSecrets.ContainsKey(name))
                values[name] = value;
        }

        foreach (var (name, value) in newValues)
            values[name] = value;

        return new CreateConfigRevision
        {
            Values = values,
            Secrets = newSecrets,
            KeepSecrets = [.. (before?.SecretNames ?? []).Where(n => !gone.Contains(n) && !newSecrets.ContainsKey(n) && !newValues.ContainsKey(n))],
        };
    }

    private async Task<Dictionary<string, string>> ReadSecretsAsync(Invocation call, CancellationToken cancellation)
    {
        var given = Split(call.Get(secrets));
        var fromInput = given.Where(s => s.Value == "-").Select(s => s.Key).ToList();
        if (fromInput.Count > 1)
            throw StopException.Usage("one_standard_input", "Only one secret can come from standard input.", "Set them one after the other.");

        if (fromInput is [var name])
            given[name] = (await call.Surroundings.In.ReadToEndAsync(cancellation)).TrimEnd('\r', '\n');
        return given;
    }

    private static Dictionary<string, string> Split(string[] pairs)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw StopException.Usage("not_a_setting", $"\"{pair}\" is not KEY=VALUE.", "Write it like LOG_LEVEL=debug.");

            values[pair[..equals]] = pair[(equals + 1)..];
        }

        return values;
    }
}
