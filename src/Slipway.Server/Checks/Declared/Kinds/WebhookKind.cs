using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Checks.Declared.Callbacks;
using Slipway.Server.Checks.Declared.Http;
using Slipway.Server.Configuration;
using Slipway.Server.Engine;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>Another system that is asked with a POST and answers to an address that is good for this one answer, or at once.</summary>
internal sealed class WebhookKind(CheckHttp http, CallbackAddress callbacks, ConfigStore configs) : ICheckKind
{
    public const string CallbackHeader = "Slipway-Callback";

    public bool Is(CheckDefinition check) => check.Webhook is not null;

    public string Describe(CheckDefinition check) => $"Ask {Told.Address(check.Webhook!.Url)} and wait for its verdict";

    public string? Refuse(CheckDefinition check, ServiceDefinition definition) => callbacks.Base is null
        ? "The other system has to know where to answer, and this server listens on every address: set Slipway:PublicUrl to the one that others reach it at."
        : null;

    public IEnumerable<string?> Texts(CheckDefinition check) => check.Webhook!.Headers.Values.Append(check.Webhook.Url).Append(check.Webhook.Body);

    public IEnumerable<string> Secrets(CheckDefinition check) => check.Webhook!.Secret is { } secret ? [secret] : [];

    public async Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation)
    {
        var what = Told.Address(call.Address(call.Check.Webhook!.Url));
        if (call.Run.Answer is { } answer)
            return Verdict(what, new(answer.Approved, answer.Reason));

        var memory = WebhookMemory.Of(call.Run.Memory);
        if (memory.Sent && call.Now >= call.TimesOutAt)
            return call.TimedOut($"{what} has not answered to the address it was given");

        var next = memory.Sent ? call.TimesOutAt : memory.NextAt;
        return next > call.Now
            ? new StageResult.Waiting(next.Value - call.Now) { Note = call.Run.Shown?.Note }
            : await SendAsync(call, what, cancellation);
    }

    private async Task<StageResult> SendAsync(CheckCall call, string what, CancellationToken cancellation)
    {
        var webhook = call.Check.Webhook!;
        var callback = callbacks.Make(call.Run);
        var filled = call with { Values = call.Values.With(CheckValues.Callback, callback) };
        var body = webhook.Body is { } own ? filled.Fill(own) : Body(call, callback);
        using var request = CheckRequest.Make(filled, "POST", webhook.Url, webhook.Headers, body);
        request.Headers.TryAddWithoutValidation(CallbackHeader, callback);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", call.Run.Key);
        if (webhook.Secret is { } secret)
            WebhookSignature.Add(request, call.Run.Key, body, await SecretAsync(call, secret, cancellation), call.Now);

        switch (await http.SendAsync(request, webhook.Within.Time, redirects: false, cancellation))
        {
            case HttpAnswer.Refused refused:
                return new StageResult.Failed("check_failed", $"{what} {refused.Why}.");
            case HttpAnswer.Came { IsGood: true } came when WebhookVerdict.Read(came.Body) is { } verdict:
                return Verdict(what, verdict);
            case HttpAnswer.Came { IsGood: true }:
                return new StageResult.Waiting(Later(call, call.TimesOutAt))
                {
                    Memory = new WebhookMemory(Sent: true, null).Write(),
                    Note = $"{what} was asked",
                    Shown = call.Show($"Waiting for the verdict of {what}"),
                };
            case HttpAnswer.Came came:
                return Again(call, $"{what} answered {came.Status}{(Told.Short(came.Body) is { Length: > 0 } said ? $": \"{said}\"" : "")}");
            case HttpAnswer.Silent silent:
                return Again(call, $"{what} {silent.Why}");
            default:
                throw new InvalidOperationException("Unknown answer.");
        }
    }

    private async Task<string> SecretAsync(CheckCall call, string name, CancellationToken cancellation)
    {
        var secrets = await configs.DecryptSecretsAsync(call.Run.Target, call.Run.Release.ConfigRevision, cancellation);
        return secrets?.GetValueOrDefault(name) ?? throw new CheckNotPossibleException($"It is to be signed with {name}, which is no secret config value of the target.");
    }

    private static StageResult Verdict(string what, WebhookVerdict verdict)
    {
        var because = verdict.Reason is { Length: > 0 } reason ? $": {Told.Short(reason)}" : "";
        return verdict.Passes
            ? new StageResult.Succeeded { Shown = new() { Note = $"{what} says pass{because}" } }
            : new StageResult.Failed("check_failed", $"{what} says fail{because}.");
    }

    private static StageResult Again(CheckCall call, string said)
    {
        if (call.Now >= call.TimesOutAt)
            return call.TimedOut(said);

        var next = call.Now + call.Check.IntervalOrDefault < call.TimesOutAt ? call.Now + call.Check.IntervalOrDefault : call.TimesOutAt;
        return new StageResult.Waiting(Later(call, next)) { Memory = new WebhookMemory(Sent: false, next).Write(), Note = said, Shown = call.Show(said) };
    }

    private static TimeSpan Later(CheckCall call, DateTimeOffset at) => at > call.Now ? at - call.Now : TimeSpan.Zero;

    private static string Body(CheckCall call, string callback) => new JsonObject
    {
        ["deployment"] = call.Run.Deployment.Value,
        ["check"] = call.Check.Name,
        ["service"] = call.Run.Target.Service.Value,
        ["environment"] = call.Run.Target.Environment.Value,
        ["version"] = call.Run.Release.Version.Value,
        ["previousVersion"] = call.Run.Previous?.Version.Value,
        ["key"] = call.Run.Key,
        ["callback"] = callback,
    }.ToJsonString();

    private sealed record WebhookMemory(bool Sent, DateTimeOffset? NextAt)
    {
        public static WebhookMemory Of(JsonElement? memory) => memory?.Deserialize<WebhookMemory>(EngineJson.Options) ?? new(false, null);

        public JsonElement Write() => JsonSerializer.SerializeToElement(this, EngineJson.Options);
    }
}
