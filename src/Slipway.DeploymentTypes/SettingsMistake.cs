namespace Slipway.DeploymentTypes;

/// <summary>Something in a service's settings that its deployment type can not use.</summary>
/// <param name="Place">The key, such as "settings.regions" or "environments.production.settings.account".</param>
/// <param name="Problem">A sentence that says what to write instead.</param>
public sealed record SettingsMistake(string Place, string Problem);
