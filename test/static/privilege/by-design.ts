/** Parts of policies that no play and no implication needs, and why they are there all the same. */
export const BY_DESIGN: readonly (readonly [part: RegExp, because: string])[] = [
  [/^(DataScientist|MlOpsEngineer)\w*: (?!Deny)/, 'it is for a person, whose work is not played'],
  [/^(MakerOfBaselines|AnnouncerOfSchedules|GuardsOfSchedules|ReaderOfModelPackages)\w+: lambda:InvokeFunction on [^ ]+:\*$/, 'CDK\'s grant of a function includes its versions'],
  [/^(MakerOfBaselines|AnnouncerOfSchedules|GuardsOfSchedules)\w+OnEventRole\w+: lambda:GetFunction on \$\{(MakerOfBaselines|AnnouncerOfSchedules|GuardsOfSchedules)\w+IsComplete/, 'CDK grants both handlers to each function of its provider framework'],
  [/^(MakerOfBaselines|AnnouncerOfSchedules|GuardsOfSchedules)\w+IsCompleteRole\w+: lambda:\w+ on \$\{(MakerOfBaselines|AnnouncerOfSchedules|GuardsOfSchedules)\w+OnEvent/, 'CDK grants both handlers to each function of its provider framework'],
  [/: sqs:(ChangeMessageVisibility|GetQueueUrl) on /, 'CDK\'s grant of an event source includes them'],
];
